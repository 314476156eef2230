/* What ArgoCD is asked beside the examples: the other layout of an output, and every health check that there is. */
import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, YamlOutputType } from 'cdk8s';
import { homelab } from '../../examples/homelab/chart';
import { ArgoCdSettings } from '../../src';

/** So old that ArgoCD has none of the checks built in. */
const OLDEST = '2.14';

/** Writes the folders; whoever asked removes the one that they lie in. */
export function madeFolders(): { readonly parent: string; readonly folders: readonly string[] } {
  const parent = mkdtempSync(join(tmpdir(), 'cdk8s-velero-conformance-'));
  return { parent, folders: [synthesized(join(parent, 'homelab-in-folders'), homelab), synthesized(join(parent, 'every-health-check'), settings)] };
}

function synthesized(outdir: string, declare: (app: App) => void): string {
  const app = new App({ outdir, yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
  declare(app);
  app.synth();
  return outdir;
}

function settings(app: App): void {
  new ArgoCdSettings(new Chart(app, 'argocd-settings'), 'settings', { argoCdVersion: OLDEST, watchBackups: true });
}
