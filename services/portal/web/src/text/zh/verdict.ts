// Chinese: one officer's answer to what another has asked for.
export const zh = {
  'verdict.yes': '批准',
  'verdict.no': '不批准',
  'verdict.why': '为什么不批准',
  'verdict.back': '再想想',
} as const
