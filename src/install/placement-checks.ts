import { dnsSubdomain, labelKey, labels, labelValue, oneOf, Problem, Problems, wholeSeconds } from '../findings';
import { NodeOperator, NodeRequirement, operatorOf, Placement, TaintEffect, Toleration, TolerationOperator } from './placement';

/** Refuses what the API server would refuse. */
export function checkPlacement(problems: Problems, where: string, placement: Placement): void {
  placement.tolerations?.forEach((given, index) => problems.add(...tolerationProblems(`${where}.tolerations[${index}]`, given)));
  checkRequirements(problems, `${where}.nodeAffinity`, placement.nodeAffinity ?? []);
  problems.add(...labels(`${where}.nodeSelector`, placement.nodeSelector));
  if (placement.priorityClassName !== undefined) {
    problems.add(dnsSubdomain(`${where}.priorityClassName`, placement.priorityClassName));
  }
}

/** Refuses conditions that a label selector cannot hold. */
export function checkRequirements(problems: Problems, where: string, requirements: NodeRequirement[]): void {
  requirements.forEach((requirement, index) => problems.add(...requirementProblems(`${where}[${index}]`, requirement)));
}

function tolerationProblems(where: string, given: Toleration): (Problem | undefined)[] {
  const operator = operatorOf(given);
  return [
    given.key ? labelKey(`${where}.key`, given.key) : undefined,
    oneOf(`${where}.effect`, given.effect, Object.values(TaintEffect)),
    oneOf(`${where}.operator`, given.operator, Object.values(TolerationOperator)),
    operator === TolerationOperator.EXISTS && given.value !== undefined
      ? { what: `${where}.value`, got: given.value, wanted: 'no value with the operator Exists', next: 'leave out value, or use Equal' } : undefined,
    operator === TolerationOperator.EQUAL && given.value !== undefined ? labelValue(`${where}.value`, given.value) : undefined,
    operator === TolerationOperator.EQUAL && !given.key
      ? { what: `${where}.key`, got: given.key, wanted: 'the key of a taint', next: 'use the operator Exists to tolerate every taint' } : undefined,
    given.tolerationPeriod !== undefined && given.effect !== TaintEffect.NO_EXECUTE
      ? { what: `${where}.tolerationPeriod`, got: given.tolerationPeriod.toHumanString(), wanted: 'none without the effect NoExecute' } : undefined,
    wholeSeconds(`${where}.tolerationPeriod`, given.tolerationPeriod),
  ];
}

function requirementProblems(where: string, { key, operator, values = [] }: NodeRequirement): (Problem | undefined)[] {
  const needsValues = operator === NodeOperator.IN || operator === NodeOperator.NOT_IN;
  const unknown = oneOf(`${where}.operator`, operator, Object.values(NodeOperator));
  return [
    labelKey(`${where}.key`, key),
    unknown,
    unknown || needsValues === values.length > 0 ? undefined : {
      what: `${where}.values`, got: values, wanted: needsValues ? `at least one value with the operator ${operator}` : `no values with the operator ${operator}`,
    },
    ...values.map((value, index) => labelValue(`${where}.values[${index}]`, value)),
  ];
}
