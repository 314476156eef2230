import { readFileSync } from 'fs';
import { Agent, request } from 'https';
import { kubeconfig } from './places';

/** As long as the API server itself gives a request. */
const ANSWER_WITHIN_SECONDS = 60;

/** What identifies an object. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** An object as the API server gives and takes it. */
export interface KubernetesObject extends ObjectReference {
  readonly metadata: ObjectReference['metadata'] & {
    readonly labels?: { [name: string]: string };
    readonly annotations?: { [name: string]: string };
    readonly [field: string]: any;
  };
  readonly [field: string]: any;
}

/** How an object is applied. */
export interface ApplyOptions {
  readonly fieldManager: string;
  /** Whether fields that another manager owns are taken over. */
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

/** An answer that is no success. */
export class ApiError extends Error {
  public constructor(what: string, public readonly status: number, public readonly body: string) {
    super(`${what}: the API server answers ${status}: ${messageOf(body)}`);
  }
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: string[];
}

/** The API server, as its administrator. Objects are named by apiVersion and kind; where they are, the server is asked. */
export class ApiServer {
  private readonly configuration = JSON.parse(readFileSync(kubeconfig('admin'), 'utf8'));
  private readonly authority = readFileSync(this.configuration.clusters[0].cluster['certificate-authority']);
  private readonly agent = new Agent({ keepAlive: true });
  private readonly resources = new Map<string, ApiResource>();

  /** The object, or nothing when it does not exist. */
  public async get(reference: ObjectReference): Promise<KubernetesObject | undefined> {
    return this.unlessAbsent(async () => JSON.parse(await this.send('GET', await this.pathOf(reference))));
  }

  /** All objects of a kind, in a namespace or in all of them. */
  public async list(apiVersion: string, kind: string, namespace?: string, labelSelector?: string): Promise<KubernetesObject[]> {
    const path = await this.collection(apiVersion, kind, namespace);
    const query = labelSelector === undefined ? '' : `?labelSelector=${encodeURIComponent(labelSelector)}`;
    const { items } = JSON.parse(await this.send('GET', path + query));
    return items.map((item: object) => ({ apiVersion, kind, ...item }));
  }

  /** Everything of which objects can be listed, as apiVersion and kind. */
  public async kinds(): Promise<[string, string][]> {
    const { groups } = JSON.parse(await this.send('GET', '/apis')) as { groups: { preferredVersion: { groupVersion: string } }[] };
    const versions = ['v1', ...groups.map(({ preferredVersion }) => preferredVersion.groupVersion)];
    const found = await Promise.all(versions.map(async apiVersion => {
      const { resources } = JSON.parse(await this.send('GET', pathOfVersion(apiVersion))) as { resources: ApiResource[] };
      return resources.filter(({ name, verbs }) => verbs.includes('list') && !name.includes('/')).map(({ kind }): [string, string] => [apiVersion, kind]);
    }));
    return found.flat();
  }

  /** Applies an object on the side of the server. A field that its kind does not have is refused. */
  public async apply(object: KubernetesObject, { fieldManager, force = false, dryRun = false }: ApplyOptions): Promise<KubernetesObject> {
    const query = `?fieldManager=${fieldManager}&force=${force}&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
    return JSON.parse(await this.send('PATCH', await this.pathOf(object) + query, JSON.stringify(object), 'application/apply-patch+yaml'));
  }

  public async create(object: KubernetesObject): Promise<KubernetesObject> {
    const path = await this.collection(object.apiVersion, object.kind, object.metadata.namespace);
    return JSON.parse(await this.send('POST', `${path}?fieldValidation=Strict`, JSON.stringify(object)));
  }

  /** @param subresource such as `status` */
  public async patch(reference: ObjectReference, patch: object, subresource = ''): Promise<void> {
    await this.send('PATCH', `${await this.pathOf(reference)}${subresource && `/${subresource}`}`, JSON.stringify(patch), 'application/merge-patch+json');
  }

  /** Deletes an object that may have gone already. It goes when those that it owns have gone. */
  public async delete(reference: ObjectReference): Promise<void> {
    await this.unlessAbsent(async () => this.send('DELETE', await this.pathOf(reference), '{"propagationPolicy":"Foreground"}'));
  }

  /** What a container has written; with `previous`, before it was started again. */
  public async log(namespace: string, pod: string, container: string, previous = false): Promise<string> {
    return this.send('GET', `/api/v1/namespaces/${namespace}/pods/${pod}/log?container=${container}&previous=${previous}`);
  }

  /** Any request. */
  public send(method: string, path: string, body?: string, contentType = 'application/json'): Promise<string> {
    const { server } = this.configuration.clusters[0].cluster;
    const { token } = this.configuration.users[0].user;
    return new Promise((resolve, reject) => {
      const headers = { 'authorization': `Bearer ${token}`, 'content-type': contentType, 'content-length': Buffer.byteLength(body ?? '') };
      const signal = AbortSignal.timeout(ANSWER_WITHIN_SECONDS * 1000);
      const refuse = (error: Error) => reject(signal.aborted ? unanswered(`${method} ${path}`) : error);
      const call = request(new URL(path, server), { method, ca: this.authority, agent: this.agent, headers, signal }, response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', refuse);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const status = response.statusCode!;
          if (status >= 200 && status < 300) {
            resolve(text);
          } else {
            reject(new ApiError(`${method} ${path}`, status, text));
          }
        });
      });
      call.on('error', refuse);
      call.end(body);
    });
  }

  private async pathOf({ apiVersion, kind, metadata }: ObjectReference): Promise<string> {
    return `${await this.collection(apiVersion, kind, metadata.namespace)}/${metadata.name}`;
  }

  private async collection(apiVersion: string, kind: string, namespace?: string): Promise<string> {
    const group = pathOfVersion(apiVersion);
    const resource = await this.resourceOf(group, kind);
    const scope = namespace !== undefined && resource.namespaced ? `/namespaces/${namespace}` : '';
    return `${group}${scope}/${resource.name}`;
  }

  /** Definitions come and go with Velero's releases; the name of a kind stays. */
  private async resourceOf(group: string, kind: string): Promise<ApiResource> {
    const key = `${group} ${kind}`;
    if (!this.resources.has(key)) {
      const { resources } = JSON.parse(await this.send('GET', group)) as { resources: ApiResource[] };
      const found = resources.find(resource => resource.kind === kind && !resource.name.includes('/'));
      if (found === undefined) {
        throw new ApiError(`${group} ${kind}`, 404, 'there is no such kind');
      }
      this.resources.set(key, found);
    }
    return this.resources.get(key)!;
  }

  private async unlessAbsent<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }
}

function pathOfVersion(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function unanswered(what: string): Error {
  return new Error(`${what}: got no answer of the API server in ${ANSWER_WITHIN_SECONDS} s, wanted one; see cluster/kube-apiserver.log in the folder with the evidence`);
}

function messageOf(body: string): string {
  try {
    return JSON.parse(body).message ?? body;
  } catch {
    return body;
  }
}
