import { ApiObject } from 'cdk8s';
import type { Place } from '../model';
import { outputFile } from './output-file';

/** The place of an object in the tree of its app. The path is put together when somebody asks: most objects have nothing wrong. */
export class ConstructPlace implements Place {
  public constructor(public readonly object: ApiObject) {}

  public get construct(): string {
    return this.object.node.path;
  }

  /** Only rules about files ask for it. */
  public get file(): string | undefined {
    return outputFile(this.object);
  }
}
