// Reads a QR code from a video or a picture: by the browser where it can, else
// by a small decoder. It needs no network once this file is here.
import decodeQR from 'qr/decode.js'

interface Detector {
  detect: (source: CanvasImageSource) => Promise<{ rawValue: string }[]>
}
type DetectorClass = (new (options: { formats: string[] }) => Detector) & { getSupportedFormats: () => Promise<string[]> }

let native: Promise<Detector | undefined> | undefined
function detector(): Promise<Detector | undefined> {
  native ??= (async () => {
    const known = (window as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector
    const formats = (await known?.getSupportedFormats().catch(() => [])) ?? []
    return known && formats.includes('qr_code') ? new known({ formats: ['qr_code'] }) : undefined
  })()
  return native
}

const side = 900 // pixels of the longer side: enough for a code, and quick on an old phone

// decode returns the text of a QR code in the picture, or undefined.
export async function decode(source: HTMLVideoElement | HTMLImageElement, width: number, height: number): Promise<string | undefined> {
  if (width === 0 || height === 0) return undefined
  const found = await (await detector())?.detect(source).catch(() => [])
  if (found?.[0]) return found[0].rawValue
  const scale = Math.min(1, side / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d')
  if (!context) return undefined
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height))
  } catch {
    return undefined // no code in it
  }
}
