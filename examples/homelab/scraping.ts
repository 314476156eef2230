import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Delivery, DeliveryDialect } from '../../src';

/** How often Prometheus reads the metrics, and the label by which kube-prometheus-stack finds its monitors. */
const INTERVAL = '30s';
const SELECTED_BY = { release: 'kube-prometheus-stack' };

/** Tells the Prometheus operator of this cluster to scrape the server and every node-agent. */
export class Scraping extends Construct {
  public constructor(scope: Construct, id: string) {
    super(scope, id);

    new ApiObject(this, 'server', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: metadata(this, 'velero'),
      spec: {
        namespaceSelector: { matchNames: ['velero'] },
        selector: { matchLabels: { 'app.kubernetes.io/name': 'velero' } },
        endpoints: [{ port: 'metrics', interval: INTERVAL }],
      },
    });
    new ApiObject(this, 'node-agent', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: metadata(this, 'velero-node-agent'),
      spec: {
        namespaceSelector: { matchNames: ['velero'] },
        selector: { matchLabels: { name: 'node-agent' } },
        podMetricsEndpoints: [{ port: 'metrics', interval: INTERVAL }],
      },
    });
  }
}

function metadata(scope: Construct, name: string) {
  return {
    name,
    namespace: 'monitoring',
    labels: SELECTED_BY,
    annotations: {
      'argocd.argoproj.io/sync-wave': forArgoCd(scope, '3'),
      'argocd.argoproj.io/sync-options': forArgoCd(scope, 'SkipDryRunOnMissingResource=true'),
    },
  };
}

/** Whoever else applies the app is told nothing. Which it is may be chosen after these are declared. */
function forArgoCd(scope: Construct, value: string): string {
  return Lazy.any({ produce: () => Delivery.of(scope).dialect === DeliveryDialect.ARGOCD ? value : undefined });
}
