import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Declarations } from '../findings';

/** The charts of an app that tell ArgoCD what to do, and that it does not deliver itself: they are there before it begins. */
export function bootstrapCharts(scope: IConstruct): Set<Chart> {
  return Declarations.of(scope).once('the charts that ArgoCD is told by', () => new Set<Chart>());
}
