package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation is how a camera was held, as Exif counts it: 1 is upright, 2 to 8
// are the turns and mirrorings.
type orientation uint16

const upright orientation = 1

// orientationOf reads the orientation out of a JPEG's Exif block. Whatever is
// not as it should be leaves the picture as it is.
func orientationOf(file []byte) orientation {
	for rest := file[min(2, len(file)):]; len(rest) > 4 && rest[0] == 0xff; {
		kind, length := rest[1], int(binary.BigEndian.Uint16(rest[2:]))
		if kind == 0xda || length < 2 || 2+length > len(rest) { // the picture itself begins
			return upright
		}
		if block, ok := bytes.CutPrefix(rest[4:2+length], []byte("Exif\x00\x00")); ok && kind == 0xe1 {
			return orientationIn(block)
		}
		rest = rest[2+length:]
	}
	return upright
}

// orientationIn looks through the first directory of a TIFF block.
func orientationIn(block []byte) orientation {
	var order binary.ByteOrder = binary.BigEndian
	switch {
	case bytes.HasPrefix(block, []byte("II*\x00")):
		order = binary.LittleEndian
	case !bytes.HasPrefix(block, []byte("MM\x00*")):
		return upright
	}
	if len(block) < 8 {
		return upright
	}
	start := int64(order.Uint32(block[4:]))
	if start+2 > int64(len(block)) {
		return upright
	}
	directory := block[start:]
	entries := int(order.Uint16(directory))
	for directory = directory[2:]; entries > 0 && len(directory) >= 12; entries-- {
		if order.Uint16(directory) == 0x0112 {
			if o := orientation(order.Uint16(directory[8:])); o >= 1 && o <= 8 {
				return o
			}
			return upright
		}
		directory = directory[12:]
	}
	return upright
}

// apply returns the picture as it was seen.
func (o orientation) apply(m *image.RGBA) *image.RGBA {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	if o <= upright || o > 8 {
		return m
	}
	turned := image.NewRGBA(image.Rect(0, 0, w, h))
	if o >= 5 { // lying on its side
		turned = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := o.place(x, y, w, h)
			copy(turned.Pix[turned.PixOffset(tx, ty):], m.Pix[m.PixOffset(x, y):][:4])
		}
	}
	return turned
}

// place returns where a point of a picture of w by h goes.
func (o orientation) place(x, y, w, h int) (tx, ty int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	default:
		return x, y
	}
}
