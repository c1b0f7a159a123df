// Chinese: what every list says.
export const zh = {
  'list.search': '输入汉字或拼音首字母',
  'list.none_found': '没有找到',
  'list.none_found_text': '换个写法试试，或者去掉筛选条件。',
  'list.clear': '去掉搜索和筛选',
  'list.shown_more': '已列出 {n} 条，后面还有',
  'list.shown_all': '共 {n} 条',
  'list.tick': '选中这一条',
  'list.tick_all': '选中列出的全部',
} as const
