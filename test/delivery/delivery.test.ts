import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { deliver } from '../../src/delivery';
import { Delivery } from '../../src/delivery/delivery';
import { DeliveryDialect } from '../../src/delivery/dialects';
import { Findings } from '../../src/findings';
import { UsualApp } from '../rules/escape-hatch';

const ARGOCD = {
  'argocd.argoproj.io/sync-wave': '1',
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false,SkipDryRunOnMissingResource=true',
};

function location(app: App, id: string, annotations?: { [name: string]: string }): ApiObject {
  const chart = new Chart(app, id);
  return new ApiObject(chart, 'a', {
    apiVersion: 'velero.io/v1', kind: 'BackupStorageLocation', metadata: deliver('BackupStorageLocation', { name: id, labels: { b: 'c' }, annotations }),
  });
}

function annotationsOf(object: ApiObject): any {
  return object.toJson().metadata.annotations;
}

test('without a choice everything is for ArgoCD', () => {
  const app = Testing.app();
  const object = location(app, 'location');
  expect(Delivery.of(object).dialect).toBe(DeliveryDialect.ARGOCD);
  Delivery.of(app).use(DeliveryDialect.ARGOCD);
  expect(annotationsOf(object)).toEqual(ARGOCD);
  expect(app.resolvers).toHaveLength(3);
});

test.each([
  [DeliveryDialect.FLUX, { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }],
  [DeliveryDialect.NONE, undefined],
])('%s is for what was declared before and after', (dialect, annotations) => {
  const app = Testing.app();
  const before = location(app, 'before');
  Delivery.of(before).use(dialect);
  const after = location(app, 'after');
  expect(Delivery.of(app).dialect).toBe(dialect);
  expect([before, after].map(annotationsOf)).toEqual([annotations, annotations]);
  expect(before.toJson().metadata).toEqual({ name: 'before', labels: { b: 'c' }, ...(annotations && { annotations }) });
});

test('Flux may prune what ArgoCD may prune', () => {
  const app = Testing.app();
  Delivery.of(app).use(DeliveryDialect.FLUX);
  const object = new ApiObject(new Chart(app, 'c'), 'a', { apiVersion: 'v1', kind: 'Service', metadata: deliver('Service', { name: 'a' }) });
  expect(object.toJson().metadata).toEqual({ name: 'a' });
});

test('what the user annotates wins in every dialect, also what says the same as ArgoCD is told', () => {
  const app = Testing.app();
  Delivery.of(app).use(DeliveryDialect.FLUX);
  const own = { 'argocd.argoproj.io/sync-wave': '1', 'kustomize.toolkit.fluxcd.io/prune': 'enabled', 'example.com/a': 'b' };
  const given = location(app, 'given', own);
  expect(annotationsOf(given)).toEqual(own);

  const later = location(app, 'later');
  later.metadata.addAnnotation('argocd.argoproj.io/sync-options', 'Prune=confirm');
  expect(annotationsOf(later)).toEqual({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled', 'argocd.argoproj.io/sync-options': 'Prune=confirm' });
});

test('objects of others are left alone', () => {
  const app = Testing.app();
  Delivery.of(app).use(DeliveryDialect.NONE);
  const raw = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', annotations: { 'argocd.argoproj.io/sync-wave': '-2' } } };
  expect(new ApiObject(new Chart(app, 'c'), 'a', raw).toJson()).toEqual(raw);
});

test.each([DeliveryDialect.FLUX, DeliveryDialect.NONE])('an install, a location and a schedule have no word for ArgoCD left, and nothing is wrong: %s', dialect => {
  const usual = new UsualApp();
  Delivery.of(usual.app).use(dialect);
  const text = JSON.stringify(Testing.synth(usual.chart));
  expect(text).not.toContain('argocd');
  expect((text.match(/kustomize.toolkit.fluxcd.io\/prune/g) ?? []).length).toBe(dialect === DeliveryDialect.FLUX ? 17 : 0);
  expect(Findings.all(usual.app).filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('one app has one dialect', () => {
  const app = Testing.app();
  Delivery.of(app).use(DeliveryDialect.FLUX);
  Delivery.of(app).use(DeliveryDialect.FLUX);
  expect(() => Delivery.of(app).use(DeliveryDialect.ARGOCD))
    .toThrow("Delivery.of('').use: dialect got \"argocd\", wanted one for the whole app, which uses flux already; choose once");
});

test.each([
  ['helm', "Delivery.of('').use: dialect got \"helm\", wanted one of argocd, flux, none"],
  [undefined, "Delivery.of('').use: dialect: wanted a DeliveryDialect"],
])('refuses %s', (dialect: any, message) => {
  expect(() => Delivery.of(Testing.app()).use(dialect)).toThrow(message);
});
