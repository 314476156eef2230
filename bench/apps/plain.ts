import { readFileSync } from 'fs';
import { ApiObject, App, Chart } from 'cdk8s';

/** The peer: the same objects in the same charts, as an app without any library would write them. */
const charts: Record<string, any[]> = JSON.parse(readFileSync(process.env.BENCH_OBJECTS!, 'utf8'));

const app = new App();
for (const [name, objects] of Object.entries(charts)) {
  const chart = new Chart(app, name);
  objects.forEach((object, index) => new ApiObject(chart, `${index}`, object));
}
app.synth();
