// Why a call did not work, as a person may read it.
export interface FieldProblem {
  name: string // the input as the request calls it: shifts[0].capacity
  code: string
  message: string
}

export interface Problem {
  title: string
  status: number
  code: string
  request_id?: string
  fields?: FieldProblem[]
}

// Failure is thrown by every call that was refused or not answered. Its
// message is the sentence to show; it is empty when nobody answered.
export class Failure extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string
  readonly fields: FieldProblem[]

  constructor(problem: Problem) {
    super(problem.title)
    this.status = problem.status
    this.code = problem.code
    this.requestId = problem.request_id ?? ''
    this.fields = problem.fields ?? []
  }

  // unanswered: no answer came, so nobody knows whether it was done.
  get unanswered(): boolean {
    return this.status === 0
  }

  // unclear: the same request may be sent again, with the same key.
  get unclear(): boolean {
    return this.status === 0 || this.status >= 500
  }

  // field returns the sentence about one input, or an empty one.
  field(name: string): string {
    return this.fields.find((f) => f.name === name)?.message ?? ''
  }
}

export function unanswered(): Failure {
  return new Failure({ title: '', status: 0, code: 'unanswered' })
}

// failureOf reads what a service sent instead of an answer. A body that is no
// problem (a proxy's page, say) still gives its status.
export function failureOf(status: number, body: unknown): Failure {
  const p = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>
  return new Failure({
    title: p.title ?? '',
    status,
    code: p.code ?? 'unknown',
    request_id: p.request_id ?? '',
    fields: p.fields ?? [],
  })
}
