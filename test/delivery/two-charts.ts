import { ApiObject, App, Chart, Testing, YamlOutputType } from 'cdk8s';
import { ArgoCdDelivery, ArgoCdDeliveryProps } from '../../src';

export const REQUIRED = { repository: 'https://git.example.org/gitops.git', revision: 'main', path: 'clusters/one' };
export const usual = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'velero' } };
export const definition = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'certificates.cert-manager.io' }, spec: {} };

/** An app with a chart of definitions and another one, written in some way. */
export function twoCharts(yamlOutputType?: YamlOutputType): App {
  const app = Testing.app({ yamlOutputType });
  new ApiObject(new Chart(app, 'crds'), 'a', definition);
  new ApiObject(new Chart(app, 'main'), 'a', usual);
  return app;
}

export function deliver(app: App, props: Partial<ArgoCdDeliveryProps> = {}): ArgoCdDelivery {
  return new ArgoCdDelivery(new Chart(app, 'argocd'), 'delivery', { ...REQUIRED, ...props });
}

/** What tells ArgoCD, by kind and name. */
export function emitted(delivery: ArgoCdDelivery): Record<string, any> {
  const objects = Chart.of(delivery).node.findAll().filter(each => ApiObject.isApiObject(each)).map(each => each.toJson());
  return Object.fromEntries(objects.map(object => [`${object.kind} ${object.metadata.name}`, object]));
}
