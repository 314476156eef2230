/** Annotation that accepts the warnings of a rule about an object; its value is the reason. */
export const ACKNOWLEDGE = 'cdk8s-velero/acknowledge.';
