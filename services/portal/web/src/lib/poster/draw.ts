// Draws a poster onto a canvas. Nothing is fetched: type is the system's, the
// plum branch and the code are drawn here.
import { encode } from 'uqr'
import { layOut, page, type Layout, type Line, type Poster } from './poster'

const ink = '#24201c'
const grey = '#6b635b'
const paper = '#fbf8f4'
const heads = {
  red: { from: '#c22734', to: '#8f1722', petal: 'rgba(255, 240, 238, ', bloom: 1, accent: '#b3202c' },
  plum: { from: '#a8553a', to: '#7c3420', petal: 'rgba(255, 243, 232, ', bloom: 0.9, accent: '#96452b' },
  grey: { from: '#5a534c', to: '#38332e', petal: 'rgba(255, 255, 255, ', bloom: 0.3, accent: '#38332e' },
} as const
type Head = (typeof heads)[Poster['tone']]

// draw makes the canvas as large as the poster is, and draws it.
export function draw(canvas: HTMLCanvasElement, poster: Poster): void {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  const layout = layOut(poster, (font) => (text) => {
    context.font = font
    return context.measureText(text).width
  })
  canvas.width = page.width
  canvas.height = layout.height
  const head = heads[poster.tone]
  drawGround(context, layout, head)
  drawCard(context, layout, poster.link)
  for (const line of layout.lines) write(context, line, head)
}

// picture returns the poster as a PNG.
export async function picture(poster: Poster): Promise<Blob> {
  const canvas = document.createElement('canvas')
  draw(canvas, poster)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('no picture')
  return blob
}

function drawGround(c: CanvasRenderingContext2D, { height, head: depth, badge, rules }: Layout, head: Head): void {
  c.fillStyle = paper
  c.fillRect(0, 0, page.width, height)
  const light = c.createLinearGradient(0, 0, page.width * 0.35, depth)
  light.addColorStop(0, head.from)
  light.addColorStop(1, head.to)
  c.save()
  c.beginPath() // the head ends in a shallow wave, like the river
  c.moveTo(0, 0)
  c.lineTo(page.width, 0)
  c.lineTo(page.width, depth - 36)
  c.bezierCurveTo(page.width * 0.7, depth + 30, page.width * 0.35, depth - 60, 0, depth)
  c.closePath()
  c.fillStyle = light
  c.fill()
  c.clip()
  drawBranch(c, head, depth)
  c.restore()
  c.fillStyle = '#fff'
  round(c, badge.x, badge.y, badge.width, badge.height, badge.height / 2)
  c.fill()
  c.fillStyle = '#e6e0d8'
  for (const y of rules) c.fillRect(page.edge, y, page.width - 2 * page.edge, 2)
}

// drawBranch lets a plum branch reach in from the upper right, behind the words.
function drawBranch(c: CanvasRenderingContext2D, head: Head, depth: number): void {
  c.strokeStyle = `${head.petal}${0.26 * head.bloom})`
  c.lineCap = 'round'
  for (const [width, path] of [
    [11, [1100, -20, 1010, 90, 960, 130, 800, 150]],
    [5, [880, 142, 850, 105, 820, 90, 770, 78]],
  ] as const) {
    c.lineWidth = width
    c.beginPath()
    c.moveTo(path[0], path[1])
    c.bezierCurveTo(path[2], path[3], path[4], path[5], path[6], path[7])
    c.stroke()
  }
  for (const [x, y, size, turn, strength] of [
    [985, 128, 92, 0.2, 0.9],
    [862, 132, 58, 0.9, 0.75],
    [776, 80, 34, 0.1, 0.55],
    [1040, 40, 46, 0.7, 0.5],
  ] as const) {
    drawBlossom(c, head, x, y, size, turn, strength * head.bloom)
  }
  for (const [x, y, size] of [[800, 150, 11], [906, 70, 10], [735, 62, 8]] as const) {
    c.fillStyle = `${head.petal}${0.7 * head.bloom})`
    c.beginPath()
    c.arc(x, y, size, 0, 2 * Math.PI)
    c.fill()
  }
  drawBlossom(c, head, page.width * 0.9, depth + 20, 130, 0.4, 0.12)
}

function drawBlossom(c: CanvasRenderingContext2D, head: Head, x: number, y: number, size: number, turn: number, strength: number): void {
  c.save()
  c.translate(x, y)
  c.rotate(turn)
  c.scale(size / 46, size / 46)
  for (let i = 0; i < 5; i++) {
    c.rotate((2 * Math.PI) / 5)
    c.fillStyle = `${head.petal}${strength})`
    c.beginPath() // the petal of PlumBlossom.vue
    c.moveTo(0, -8)
    c.bezierCurveTo(-20, -18, -21, -43, -5, -45)
    c.quadraticCurveTo(0, -41, 5, -45)
    c.bezierCurveTo(21, -43, 20, -18, 0, -8)
    c.fill()
    c.fillStyle = c.strokeStyle = strength > 0.4 ? head.accent : 'transparent'
    c.lineWidth = 1.3
    c.beginPath()
    c.moveTo(0, -5)
    c.lineTo(0, -19)
    c.stroke()
    c.beginPath()
    c.arc(0, -21, 2, 0, 2 * Math.PI)
    c.fill()
  }
  c.fillStyle = strength > 0.4 ? head.accent : 'transparent'
  c.beginPath()
  c.arc(0, 0, 4.4, 0, 2 * Math.PI)
  c.fill()
  c.restore()
}

// drawCard draws the white card with the code, each module of whole pixels. The
// card leaves more than four modules of quiet around it.
function drawCard(c: CanvasRenderingContext2D, { card, code }: Layout, link: string): void {
  c.save()
  c.shadowColor = 'rgba(60, 40, 20, 0.14)'
  c.shadowBlur = 40
  c.shadowOffsetY = 12
  c.fillStyle = '#ffffff'
  round(c, card.x, card.y, card.width, card.height, 36)
  c.fill()
  c.restore()
  const { data, size } = encode(link, { ecc: 'M', border: 0 })
  const module = Math.floor(code.size / size)
  const left = code.x + Math.floor((code.size - module * size) / 2)
  const top = code.y + Math.floor((code.size - module * size) / 2)
  c.fillStyle = ink
  data.forEach((row, y) => row.forEach((dark, x) => dark && c.fillRect(left + x * module, top + y * module, module, module)))
}

function write(c: CanvasRenderingContext2D, line: Line, head: Head): void {
  c.font = line.font
  c.textBaseline = 'alphabetic'
  c.textAlign = line.kind === 'foot' ? 'center' : 'left'
  c.fillStyle = { badge: head.accent, title: '#fff', by: 'rgba(255, 255, 255, 0.88)', label: grey, text: line.struck ? grey : ink, ask: head.accent, hint: grey, foot: grey }[line.kind]
  c.fillText(line.text, line.x, line.y)
  if (line.struck) c.fillRect(line.x, line.y - 17, c.measureText(line.text).width, 3)
}

function round(c: CanvasRenderingContext2D, x: number, y: number, w: number, h: number, r: number): void {
  c.beginPath()
  c.moveTo(x + r, y)
  c.arcTo(x + w, y, x + w, y + h, r)
  c.arcTo(x + w, y + h, x, y + h, r)
  c.arcTo(x, y + h, x, y, r)
  c.arcTo(x, y, x + w, y, r)
  c.closePath()
}
