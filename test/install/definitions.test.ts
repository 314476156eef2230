import { Chart, Testing } from 'cdk8s';
import { VeleroVersion } from '../../src/install/velero-version';
import { synthesized } from '../synthesized';
import { emitted, installed } from './installs';

const LABELS = { 'component': 'velero', 'app.kubernetes.io/name': 'velero' };

describe('definitions', () => {
  test.each([
    VeleroVersion.V1_14_1, VeleroVersion.V1_15_2, VeleroVersion.V1_16_2, VeleroVersion.V1_17_2, VeleroVersion.V1_18_3,
  ])('the 13 of %s, first and never deleted', version => {
    const chart = Testing.chart();
    installed({ version }, chart);
    const definitions = synthesized(chart).filter(({ kind }) => kind === 'CustomResourceDefinition');
    expect(definitions).toHaveLength(13);
    for (const { apiVersion, metadata, spec } of definitions) {
      expect(apiVersion).toEqual('apiextensions.k8s.io/v1');
      expect(metadata.labels).toMatchObject(LABELS);
      expect(metadata.namespace).toBeUndefined();
      expect(metadata.annotations).toMatchObject({
        'argocd.argoproj.io/sync-wave': '-10', 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false,ServerSideApply=true',
      });
      expect(spec.group).toEqual('velero.io');
    }
  });

  test('go to a chart of their own', () => {
    const app = Testing.app();
    const definitions = new Chart(app, 'crds');
    const chart = new Chart(app, 'velero');
    installed({ customResourceDefinitionScope: definitions }, chart);
    expect(synthesized(definitions)).toHaveLength(13);
    expect(synthesized(chart).filter(({ kind }) => kind === 'CustomResourceDefinition')).toEqual([]);
  });

  test('can be left to someone else', () => {
    expect(emitted({ customResourceDefinitions: false }).filter(({ kind }) => kind === 'CustomResourceDefinition')).toEqual([]);
  });
});
