// Photos on their way up. A phone's picture of twelve megabytes is drawn anew
// here, 1,600 pixels at most, before it goes on a village's network: which also
// makes a JPEG of whatever this browser can show, and leaves behind where and
// when it was taken.
import { ask, tasks, type Tasks } from '../api/client'

export type PhotoOf = { task_id: string } | { shift_id: string }

const longest = 1600
const enough = 700 * 1024

export const addressOf = (id: string, size: 'display' | 'thumbnail') => `/api/tasks/v1/photos/${id}/${size}`

// shrink returns the picture in a file as a small JPEG, or nothing when this
// browser cannot show it.
export async function shrink(file: Blob, side = longest, most = enough): Promise<Blob | undefined> {
  const url = URL.createObjectURL(file)
  try {
    const picture = await drawn(url)
    if (!picture) return undefined
    const scale = Math.min(1, side / Math.max(picture.naturalWidth, picture.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale))
    canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale))
    const pen = canvas.getContext('2d')
    if (!pen) return undefined
    pen.fillStyle = '#fff' // what is clear in a PNG
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const fine = await encoded(canvas, 0.85)
    return fine && fine.size > most ? encoded(canvas, 0.65) : fine
  } finally {
    URL.revokeObjectURL(url)
  }
}

function drawn(url: string): Promise<HTMLImageElement | undefined> {
  return new Promise((resolve) => {
    const picture = new Image()
    picture.onload = () => resolve(picture.naturalWidth > 0 ? picture : undefined)
    picture.onerror = () => resolve(undefined)
    picture.src = url
  })
}

function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob | undefined> {
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', quality))
}

// sendPhoto adds a photo. Sent again under its id it is still one photo.
export function sendPhoto(id: string, of: PhotoOf, small: Blob): Promise<Tasks['Photo']> {
  return ask(
    tasks.POST('/photos', {
      params: { query: { photo_id: id, ...of } },
      headers: { 'Content-Type': 'application/octet-stream' },
      body: '',
      bodySerializer: () => small,
    }),
  )
}
