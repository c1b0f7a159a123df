import { ask, tasks, type Tasks } from '../api/client'
import { useAction, type Action } from './useAction'

// useSignUp signs me up for a shift: a seat, a place on the waiting list, or
// the seat that was offered to me.
export function useSignUp(): Action<string, Tasks['SignUp']> {
  return useAction((id: string, key) => ask(tasks.POST('/shifts/{shift_id}/sign-ups', { params: { path: { shift_id: id }, header: { 'Idempotency-Key': key } } })))
}
