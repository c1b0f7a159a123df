// Chinese: members only, several brigades, invitations, open periods, swaps.
export const zh = {
  'joint.only_members': '只限本队队员参加（一般不用勾）',
} as const
