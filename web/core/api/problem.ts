/** The server's answer when something is wrong (RFC 9457). */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  params?: Record<string, string | number>;
  /** What is wrong with a field, by its JSON pointer. */
  fields?: Record<string, Fault>;
  trace?: string;
}

/** What is wrong: a code with its params, for words of the person's language, and the server's own sentence. */
export interface Fault {
  code: string;
  detail: string;
  params?: Record<string, string | number>;
}

/** A request that failed. `status` 0 and code `offline` mean that no answer came. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly params: Record<string, string | number>;
  /** What is wrong with each field, by its name. */
  readonly fields: Record<string, Fault>;
  /** Names the request in the server's log. */
  readonly trace: string;
  /** Seconds after which the server asks us to try again. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail || problem.title);
    this.status = problem.status;
    this.code = problem.code;
    this.params = problem.params ?? {};
    this.fields = fieldsOf(problem);
    this.trace = problem.trace ?? '';
    this.retryAfter = retryAfter;
  }

  /** Whether the request may have been fine and only the connection failed. */
  get offline(): boolean {
    return this.code === 'offline';
  }
}

function fieldsOf({ fields = {} }: Problem): Record<string, Fault> {
  return Object.fromEntries(Object.entries(fields).map(([pointer, what]) => [pointer.replace(/^\//, ''), what]));
}

/** The error for an answer that is not a success. */
export async function problemOf(response: Response): Promise<ApiError> {
  const fallback: Problem = { title: response.statusText, status: response.status, detail: '', code: `http_${String(response.status)}` };
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  const problem = await response.json().then(
    (body: unknown) => ({ ...fallback, ...(body as Partial<Problem>), status: response.status }),
    () => fallback,
  );
  return new ApiError(problem, Number.isFinite(seconds) ? seconds : undefined);
}

/** The error for a request that got no answer. */
export function offlineError(): ApiError {
  return new ApiError({ title: 'No answer', status: 0, detail: '', code: 'offline' });
}
