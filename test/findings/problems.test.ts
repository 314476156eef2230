import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Problems, refuse } from '../../src/findings';

const construct = () => new Construct(new Chart(Testing.app(), 'chart'), 'thing');

test('one problem is told on one line: what, where, the value got, the value wanted, the next step', () => {
  const problems = Problems.of(construct(), 'Thing');
  problems.add({ what: 'bucket', got: 'a/b', wanted: 'a name without "/"', next: 'put the folder into prefix' });
  expect(() => problems.refuse()).toThrow(new Error('Thing \'chart/thing\': bucket got "a/b", wanted a name without "/"; put the folder into prefix'));
});

test('several problems are told at once, a line each', () => {
  const problems = Problems.of(construct(), 'Thing');
  problems.add({ what: 'bucket', got: '', wanted: 'a name' }, undefined, { what: 'credential', wanted: 'a Secret in the same namespace' });
  expect(() => problems.refuse()).toThrow(new Error([
    'Thing \'chart/thing\': 2 problems',
    '  - bucket got "", wanted a name',
    '  - credential: wanted a Secret in the same namespace',
  ].join('\n')));
});

test('nothing found is nothing thrown', () => {
  const problems = Problems.of(construct(), 'Thing');
  problems.add(undefined);
  expect(() => problems.refuse()).not.toThrow();
});

test('a value is refused at once where nothing is checked beside it', () => {
  expect(() => refuse('Size.of', { what: 'bytes', got: -1, wanted: 'a positive number' }))
    .toThrow(new Error('Size.of: bytes got -1, wanted a positive number'));
});
