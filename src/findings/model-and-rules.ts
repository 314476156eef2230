/** What an app is judged with: half of the library, which loads when the first app is judged. */
export { BackupModel, placeText } from '../model';
export { ACKNOWLEDGE, judge, RULES } from '../rules';
export { rule as idleRule } from '../rules/acknowledgement-idle';
