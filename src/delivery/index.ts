export { deliver, type DeliveryRole } from './deliver';
