// What every page must be: nothing sticks out or is cut off, fingers can hit
// it, tired eyes can read it, and a screen reader knows where it is.

// faultsOf names what is wrong with the page as it stands. finger is the least
// height of what can be tapped, in pixels; 0 asks for none.
export const faultsOf = (page, finger) => page.evaluate(inspect, finger)

// tooWide says whether anything sticks out to the side.
export const tooWide = (page) =>
  page.evaluate(() => {
    const { scrollWidth } = document.scrollingElement
    return scrollWidth > innerWidth ? [`${scrollWidth} px on a screen of ${innerWidth}`] : []
  })

// withType sets the root's size of type as WeChat's largest font does; '' takes it back.
export const withType = (page, size) => page.evaluate((s) => void (document.documentElement.style.fontSize = s), size)

// inspect runs inside the page.
function inspect(finger) {
  const faults = []
  const named = (el) => `<${el.localName} ${el.className?.baseVal ?? el.className}> “${(el.innerText ?? '').trim().slice(0, 24)}”`
  const visible = (el) => el.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !el.closest('.hidden-text')

  if (document.scrollingElement.scrollWidth > innerWidth) faults.push('it scrolls sideways')
  if (![...document.querySelectorAll('h1')].some(visible)) faults.push('no main heading')
  for (const el of document.querySelectorAll('a, button, input, select, textarea, summary')) if (visible(el)) control(el)
  for (const el of document.querySelectorAll('#app *, .van-popup *')) if (visible(el)) text(el)
  return faults

  function control(el) {
    const label = el.labels?.[0]
    const target = (el.type === 'checkbox' || el.type === 'radio') && label ? label : el
    if (finger && target.getBoundingClientRect().height < finger - 0.5) faults.push(`${named(target)} is ${target.getBoundingClientRect().height} px high`)
    if (el.scrollWidth > el.clientWidth + 1 && el.matches('a, button') && el.clientWidth > 0) faults.push(`${named(el)} is cut off at its side`)
    if (el.scrollHeight > el.clientHeight + 2 && el.matches('.btn, .chip')) faults.push(`${named(el)} is cut off below`)
    if (el.matches('input, select, textarea') && !label && !el.ariaLabel) faults.push(`${named(el)} has no label`)
    if (el.matches('a, button') && !el.innerText.trim() && !el.ariaLabel) faults.push(`${named(el)} says nothing`)
    if (el.placeholder) contrast(el, getComputedStyle(el, '::placeholder').color, 'the example in ')
  }

  function text(el) {
    if (![...el.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim())) return
    contrast(el, el instanceof SVGElement ? getComputedStyle(el).fill : getComputedStyle(el).color, '')
  }

  // holds says whether a drawing's words stand on one of its shapes.
  function holds(shape, words) {
    const [s, w] = [shape.getBoundingClientRect(), words.getBoundingClientRect()]
    return s.left <= w.left && s.right >= w.right && s.top <= w.top && s.bottom >= w.bottom
  }

  // contrast is judged as WCAG 2.2, 1.4.3 does, and as if all type were small.
  function contrast(el, color, what) {
    let ground = el
    while (ground && rgb(getComputedStyle(ground).backgroundColor)[3] < 1) ground = ground.parentElement
    const drawn = el instanceof SVGElement && [...el.parentElement.querySelectorAll(':scope > rect')].find((shape) => holds(shape, el))
    const behind = drawn ? getComputedStyle(drawn).fill : ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)'
    const [a, b] = [rgb(color), rgb(behind)].map(luminance).sort((x, y) => y - x)
    const ratio = (a + 0.05) / (b + 0.05)
    if (ratio < 4.5) faults.push(`${what}${named(el)} has a contrast of ${ratio.toFixed(2)}`)
  }

  function rgb(color) {
    const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number)
    return [r, g, b, a]
  }

  function luminance(color) {
    const [r, g, b] = color.slice(0, 3).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
}
