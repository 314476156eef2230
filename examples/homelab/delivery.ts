import { App, Chart } from 'cdk8s';
import { ArgoCdDelivery, ArgoCdSettings } from '../../src';

/** How ArgoCD delivers all the other files. These two are applied by hand, once, and again when they change: docs/how-to/argocd.md. */
export function delivery(app: App): void {
  new ArgoCdSettings(new Chart(app, 'argocd-settings'), 'settings', { argoCdVersion: '3.5' });
  new ArgoCdDelivery(new Chart(app, 'argocd'), 'delivery', {
    repository: 'https://git.example.org/homelab/gitops.git',
    revision: 'main',
    path: 'velero/manifests',
  });
}
