import { inject, type ComputedRef, type InjectionKey } from 'vue'

// The region that the federation's pages are about, given by their frame.
export const regionKey: InjectionKey<ComputedRef<string>> = Symbol('region')

export function useRegion(): ComputedRef<string> {
  const region = inject(regionKey)
  if (!region) throw new Error('a console page outside its frame')
  return region
}
