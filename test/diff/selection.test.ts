import { testChanges } from './change-cases';
import { type Objects } from './manifests';

const template = (all: Objects, name = 'orders') => all[`Schedule ${name}`].spec.template;

testChanges([
  {
    what: 'namespace no longer saved',
    was: all => { template(all, 'stock').includedNamespaces = ['stock', 'orders']; },
    is: all => { template(all, 'stock').includedNamespaces = ['orders']; },
    told: [
      [
        'destructive namespaces-changed Schedule velero/stock: includedNamespaces -stock',
        'No schedule is left that saves stock.',
      ],
    ],
  },
  {
    what: 'namespace still saved by another',
    was: all => { template(all, 'stock').includedNamespaces = ['stock', 'orders']; },
    is: all => { template(all, 'stock').includedNamespaces = ['stock']; },
    told: [
      [
        'notable namespaces-changed Schedule velero/stock: includedNamespaces -orders',
        'orders is still saved by orders (every 6h), orders-weekly (every 168h (7 d)).',
      ],
    ],
  },
  {
    what: 'namespaces in another order',
    was: all => { template(all).includedNamespaces = ['a', 'b']; },
    is: all => { template(all).includedNamespaces = ['b', 'a']; },
    told: [],
  },
  {
    what: 'namespace added',
    is: all => { template(all, 'stock').includedNamespaces.push('mail'); },
    told: [
      ['harmless namespaces-changed Schedule velero/stock: includedNamespaces +mail'],
    ],
  },
  {
    what: 'namespace excluded from a schedule for everything',
    was: all => { template(all, 'stock').includedNamespaces = ['*']; },
    is: all => { Object.assign(template(all, 'stock'), { includedNamespaces: ['*'], excludedNamespaces: ['stock'] }); },
    told: [
      [
        'destructive namespaces-changed Schedule velero/stock: excludedNamespaces none → stock',
        'No schedule is left that saves stock.',
      ],
    ],
  },
  {
    what: 'a schedule for everything narrowed',
    was: all => { delete template(all, 'stock').includedNamespaces; },
    is: () => {},
    told: [
      [
        'destructive namespaces-changed Schedule velero/stock: includedNamespaces all → stock',
        'No schedule is left that saves velero.',
        'No schedule is left that saves namespaces that these manifests do not name.',
        'orders is still saved by orders (every 6h), orders-weekly (every 168h (7 d)).',
      ],
    ],
  },
  {
    what: 'pattern taken away',
    was: all => { template(all, 'stock').includedNamespaces = ['st*', 'stock']; },
    is: () => {},
    told: [
      [
        'destructive namespaces-changed Schedule velero/stock: includedNamespaces -st*',
        'No schedule is left that saves st*.',
      ],
    ],
  },
  {
    what: 'chosen by label',
    is: all => { template(all).labelSelector = { matchLabels: { app: 'orders' } }; },
    told: [
      [
        'destructive label-selection-changed Schedule velero/orders: labels any → {"matchLabels":{"app":"orders"}}',
        'What does not have these labels is not saved any more, claims and their volumes among it.',
      ],
    ],
  },
  {
    what: 'chosen by another label',
    was: all => { template(all).labelSelector = { matchLabels: { app: 'a' } }; },
    is: all => { template(all).orLabelSelectors = [{ matchLabels: { app: 'b' } }]; },
    told: [
      [
        'notable label-selection-changed Schedule velero/orders: labels {"matchLabels":{"app":"a"}} → [{"matchLabels":{"app":"b"}}]',
        'Other objects are saved than before.',
      ],
    ],
  },
  {
    what: 'not chosen by label any more',
    was: all => { template(all).labelSelector = { matchLabels: { app: 'a' } }; },
    is: () => {},
    told: [
      [
        'harmless label-selection-changed Schedule velero/orders: labels {"matchLabels":{"app":"a"}} → any',
        'Everything is saved now.',
      ],
    ],
  },
  {
    what: 'a selector of everything',
    is: all => { template(all).labelSelector = {}; },
    told: [],
  },
  {
    what: 'pods left out',
    is: all => { template(all).excludedResources = ['pods']; },
    told: [
      [
        'destructive kinds-changed Schedule velero/orders: excludedResources nothing → ["pods"]',
        'Pods are not saved any more, and the files of volumes go with their pods.',
      ],
    ],
  },
  {
    what: 'events left out',
    is: all => { template(all).excludedResources = ['events']; },
    told: [
      ['notable kinds-changed Schedule velero/orders: excludedResources nothing → ["events"]'],
    ],
  },
  {
    what: 'fewer kinds, and no cluster-wide ones',
    was: all => { template(all).includedResources = ['pods', 'secrets']; },
    is: all => { Object.assign(template(all), { includedResources: ['pods'], includeClusterResources: false }); },
    told: [
      ['notable kinds-changed Schedule velero/orders: includeClusterResources nothing → false; includedResources ["pods","secrets"] → ["pods"]'],
    ],
  },
  {
    what: 'more kinds',
    was: all => { template(all).includedResources = ['pods']; },
    is: all => { template(all).includedResources = ['*']; },
    told: [
      ['harmless kinds-changed Schedule velero/orders: includedResources ["pods"] → ["*"]'],
    ],
  },
  {
    what: 'hooks removed, changed and added',
    was: all => { template(all).hooks.resources.push({ name: 'freeze', pre: [] }); },
    is: all => {
      template(all).hooks.resources = [{ name: 'freeze', pre: [{ exec: { command: ['x'] } }] }, { post: [] }];
    },
    told: [
      [
        'notable hooks-changed Schedule velero/orders: hooks removed: dump; added: number 2; changed: freeze',
        'Without a hook that dumps or freezes it, the files of a running database may not be restorable.',
      ],
    ],
  },
  {
    what: 'hook added',
    is: all => { template(all).hooks.resources.push({ name: 'freeze', pre: [] }); },
    told: [
      ['harmless hooks-changed Schedule velero/orders: hooks added: freeze'],
    ],
  },
  {
    what: 'hooks in another order',
    was: all => { template(all).hooks.resources.push({ name: 'freeze' }); },
    is: all => { template(all).hooks.resources.unshift({ name: 'freeze' }); },
    told: [
      ['harmless hooks-changed Schedule velero/orders: hooks in another order'],
    ],
  },
  {
    what: 'a namespace less for a schedule that is paused',
    was: all => { Object.assign(all['Schedule stock'].spec, { paused: true }).template.includedNamespaces = ['stock', 'mail']; },
    is: all => { all['Schedule stock'].spec.paused = true; },
    told: [['harmless namespaces-changed Schedule velero/stock: includedNamespaces -mail']],
  },
  {
    what: 'fewer kinds',
    was: all => { template(all).includedResources = ['pods', 'secrets']; },
    is: all => { template(all).includedResources = ['pods']; },
    told: [['notable kinds-changed Schedule velero/orders: includedResources ["pods","secrets"] → ["pods"]']],
  },
  {
    what: 'other kinds',
    was: all => { template(all).includedResources = ['pods']; },
    is: all => { template(all).includedResources = ['pods', 'secrets']; },
    told: [['harmless kinds-changed Schedule velero/orders: includedResources ["pods"] → ["pods","secrets"]']],
  },
]);
