import { cdk8s, javascript } from 'projen';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-velero',
  description: 'Velero backups of a Kubernetes cluster as cdk8s constructs: what cannot work is refused at synth',
  author: 'cdk8s-velero maintainers',
  authorAddress: 'cdk8s-velero@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-velero/cdk8s-velero.git',
  keywords: ['velero', 'backup', 'restic', 'kopia', 'ceph', 'rgw', 'argocd', 'gitops', 'sealed-secrets'],
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  copyrightOwner: 'the cdk8s-velero maintainers',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',

  // jsii 6.0 is TypeScript 6.0. The floor of cdk8s is the newest that its Go module proxy serves.
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  cdk8sVersion: '2.69.5',
  constructsVersion: '10.4.2',
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  bundledDeps: ['commander@^14.0.3', 'croner@^10.0.1', 'js-yaml@^5.5.0', 'picocolors@^1.1.1', 'yaml@^2.9.1'],
  devDeps: [
    '@types/node@^20',
    'ajv@^8.20.0',
    'cdk8s-cli@^2.207.60',
    'cdk8s-plus-28@2.5.6',
    'diff@^8',
    'esbuild@~0.28.0',
    'fast-check@^4.10.2',
    'fengari@^0.1.5',
    'tsx@^4.23.15',
  ],
  bin: { 'cdk8s-velero': 'bin/cdk8s-velero' },

  // Built by `npx projen package-all`; `npx projen build` packs the npm tarball only.
  publishToPypi: { distName: 'cdk8s-velero', module: 'cdk8s_velero' },
  publishToGo: { moduleName: 'github.com/cdk8s-velero/cdk8s-velero-go', packageName: 'cdk8svelero' },

  github: false,
  buildWorkflow: false,
  release: false,
  depsUpgrade: false,
  pullRequestTemplate: false,
  vscode: false,

  typecheckTests: true,
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    extraCliOptions: ['--maxWorkers=100%'],
    jestConfig: {
      globalSetup: '<rootDir>/test/temporary-folder.ts',
      globalTeardown: '<rootDir>/test/remove-temporary-folder.ts',
      collectCoverage: false, // `npm run coverage`: the v8 provider alone made the suite four times slower
      coverageProvider: 'babel',
      collectCoverageFrom: ['src/**/*.ts'],
      coveragePathIgnorePatterns: ['/node_modules/', '/src/kube/.*\\.io\\.ts', '/src/index.ts'],
      // No test is timed: five seconds are too few for some with coverage on a slow machine.
      testTimeout: 30_000,
      coverageThreshold: { lines: 95, branches: 95, functions: 95, statements: 95 },
    },
  },
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'examples', 'bench', 'e2e', 'tools', 'projenrc', '.projenrc.ts'], ignorePatterns: ['src/kube/*.io.ts'] },
  gitignore: ['/bench/.out/', '/synth/', '/examples/**/synth/', '.jsii.tabl.json', '/coverage/', '*.tgz'],
});

// No registry address in the lock file, whatever the user's own configuration says.
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
project.npmrc.addConfig('audit', 'false');
project.npmrc.addConfig('fund', 'false');
// Newer ones lack platform packages in some registries, which makes `npm ci` refuse the lock file.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// The L1 classes lend their types only: no file of the library loads them.
project.npmignore?.exclude('/lib/kube/*.io.js');
for (const unpublished of ['/.ci/', '/bench/', '/e2e/', '/examples/', '/tools/', '/cdk8s.yaml', '/.npmrc', '/synth/', '/ARCHITECTURE.md', '*.log']) {
  project.npmignore?.exclude(unpublished);
}

// jsii prints a banner on every call under Node 20, which it no longer supports but still runs on.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
// cdk8s asks the registry for its newest version on every call; a build needs no network.
project.tasks.addEnvironment('CDK8S_CHECK_UPGRADE', 'false');

// Without this, every local build would pack Python and Go too, which need tools of their own.
project.packageTask.reset();
project.packageTask.spawn(project.tasks.tryFind('package:js')!);

// One file loads faster than two hundred. `npx projen compile` writes them anew before.
project.compileTask.exec('tsx tools/bundle/main.ts');

/**
 * The rooms of the library and what each may not import (ARCHITECTURE.md, "Rooms").
 */
const constructRooms = ['install', 'repository', 'storage', 'credentials', 'schedule', 'restore', 'monitoring'];
const outer = [...constructRooms, 'delivery', 'kube', 'plan', 'diff', 'cli'];
const forbidden: Record<string, string[]> = {
  versions: [...outer, 'findings', 'rules', 'model', 'cron'],
  kube: [...outer.filter(room => room !== 'kube'), 'findings', 'rules', 'model', 'versions', 'cron'],
  delivery: ['install', 'repository', 'storage', 'credentials', 'schedule', 'restore', 'monitoring', 'rules', 'plan', 'cli'],
  cron: [...outer, 'findings', 'rules', 'model'],
  model: [...outer, 'findings', 'rules'],
  rules: [...outer, 'findings'],
  diff: [...outer.filter(room => room !== 'diff'), 'findings', 'rules', 'cron'],
  plan: [...constructRooms, 'delivery', 'kube', 'findings', 'cli'],
  findings: [...constructRooms, 'plan', 'diff', 'cli'],
  credentials: ['install', 'repository', 'storage', 'schedule', 'restore', 'monitoring', 'plan', 'cli'],
  repository: ['install', 'storage', 'schedule', 'restore', 'monitoring', 'plan', 'cli'],
  storage: ['install', 'repository', 'schedule', 'restore', 'monitoring', 'plan', 'cli'],
  schedule: ['install', 'repository', 'credentials', 'restore', 'monitoring', 'plan', 'cli'],
  install: ['schedule', 'restore', 'monitoring', 'plan', 'cli'],
};
project.eslint?.addRules({
  'import/no-restricted-paths': ['error', {
    zones: Object.entries(forbidden).map(([room, from]) => ({
      target: `./src/${room}`,
      from: from.map(other => `./src/${other}`),
      message: 'Rooms import in one direction: see ARCHITECTURE.md.',
    })),
  }],
  'max-len': ['error', { code: 150, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreComments: false, ignoreRegExpLiterals: true }],
});

// jsii compiles only src/, and tsx checks no types.
new javascript.TypescriptConfig(project, {
  fileName: 'examples/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
  include: ['**/*.ts', '../bench/**/*.ts'],
  exclude: ['node_modules'],
  compilerOptions: { noEmit: true, rootDir: '..' },
});
project.testTask.prependExec('tsc -p examples/tsconfig.json');
for (const folder of ['e2e', 'tools']) {
  project.testTask.prependExec(`tsc -p ${folder}/tsconfig.json`);
}

project.addTask('coverage', { description: 'The tests with coverage and its thresholds', exec: 'jest --ci --coverage --maxWorkers=100%' });
project.addTask('rules', { description: 'Regenerates docs/RULES.md from the rules', exec: 'tsx tools/rules/main.ts' });
project.addTask('bench', { description: 'Speed and memory of synth against plain ApiObjects, as ratios', exec: 'tsx bench/bench.ts' });
// Scripts, not tasks: a task joins its arguments, of which a shell of this machine would then run a part that is for the one in the cluster.
for (const [name, command] of [['e2e', 'run'], ['e2e:up', 'up'], ['e2e:shell', 'shell'], ['e2e:down', 'down']]) {
  project.package.setScript(name, `node --import tsx e2e/main.ts ${command}`);
}
project.addTask('e2e:conformance', {
  description: 'Reads the manifests of the examples with the code that will read them in a cluster (needs Go)',
  exec: 'node --import tsx e2e/conformance/run.ts',
  receiveArgs: true,
});
project.addTask('e2e:cron', {
  description: 'Compares random cron expressions with the parsers of Velero: accepted, starts, longest gaps (needs Go)',
  exec: 'node --import tsx e2e/cron/run.ts',
  receiveArgs: true,
});
project.addTask('e2e:sealing', {
  description: 'Seals with the library and opens with the real kubeseal, and the other way round (needs Go)',
  exec: 'node --import tsx e2e/sealing/run.ts',
  receiveArgs: true,
});
project.addTask('synth', { description: 'Synthesizes examples/homelab', exec: 'cdk8s synth', receiveArgs: true });
project.addTask('crds', {
  description: 'Regenerates assets/velero-<version>.json, test/fixtures/rook-<version>.json and src/kube from the sources of Velero and Rook (needs Go)',
  exec: 'tools/crds/generate.sh',
});

project.synth();
