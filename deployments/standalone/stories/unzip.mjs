// Workbooks are archives; no package is needed to look into one.
import { inflateRawSync } from 'node:zlib'

// unzip returns one part of an archive as text.
export function unzip(data, part) {
  let at = data.readUInt32LE(data.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) + 16)
  while (data.readUInt32LE(at) === 0x02014b50) {
    const [size, names, extra, remark] = [data.readUInt32LE(at + 20), data.readUInt16LE(at + 28), data.readUInt16LE(at + 30), data.readUInt16LE(at + 32)]
    if (data.toString('utf8', at + 46, at + 46 + names) === part) {
      const local = data.readUInt32LE(at + 42)
      const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28)
      const packed = data.subarray(start, start + size)
      return (data.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8')
    }
    at += 46 + names + extra + remark
  }
  throw new Error(`no ${part} in the archive`)
}
