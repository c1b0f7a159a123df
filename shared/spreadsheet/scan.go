package spreadsheet

import (
	"bufio"
	"bytes"
	"errors"
	"html"
	"io"
	"strings"
)

// A part of an xlsx is read by a scanner of our own: a sheet whose formatting
// was dragged down to its last row has a million tags and nothing in them,
// and encoding/xml takes ten times as long over it. It knows what
// spreadsheets write: no document types, no attribute with a bare > in it.

// tag is a start or an end of an element. It is good until the next is read.
type tag struct {
	name       []byte // without its prefix
	attributes []byte
	end        bool // </name>
	empty      bool // <name/>: an end follows
}

// scanTags calls visit for every start and end, and text for what stands between them.
func scanTags(r io.Reader, visit func(tag) error, text func([]byte)) error {
	in := bufio.NewReaderSize(r, 64<<10)
	for {
		between, err := in.ReadSlice('<')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			text(between)
			continue
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		text(between[:len(between)-1])
		if err := scanTag(in, visit, text); err != nil {
			return err
		}
	}
}

func scanTag(in *bufio.Reader, visit func(tag) error, text func([]byte)) error {
	if head, _ := in.Peek(8); bytes.HasPrefix(head, []byte("!--")) {
		return skipTo(in, "-->", nil)
	} else if bytes.Equal(head, []byte("![CDATA[")) {
		_, _ = in.Discard(len(head))
		return skipTo(in, "]]>", text)
	}
	inside, err := in.ReadSlice('>')
	if err != nil {
		return orBroken(err)
	}
	inside = inside[:len(inside)-1]
	if len(inside) == 0 || inside[0] == '?' || inside[0] == '!' {
		return nil
	}
	t := tag{}
	if inside[0] == '/' {
		t.end, inside = true, inside[1:]
	}
	if n := len(inside); n > 0 && inside[n-1] == '/' {
		t.empty, inside = true, inside[:n-1]
	}
	t.name = inside
	if at := bytes.IndexAny(inside, " \t\r\n"); at >= 0 {
		t.name, t.attributes = inside[:at], inside[at:]
	}
	if at := bytes.IndexByte(t.name, ':'); at >= 0 {
		t.name = t.name[at+1:]
	}
	if err := visit(t); err != nil {
		return err
	}
	if t.empty {
		t.end = true
		return visit(t)
	}
	return nil
}

func orBroken(err error) error {
	if errors.Is(err, ErrUnpacked) {
		return err
	}
	return ErrBroken // the end inside of a tag, or a tag without end
}

// skipTo reads up to the mark and hands what was before it to text.
func skipTo(in *bufio.Reader, mark string, text func([]byte)) error {
	var last []byte
	for {
		b, err := in.ReadByte()
		if err != nil {
			return orBroken(err)
		}
		if last = append(last, b); bytes.HasSuffix(last, []byte(mark)) {
			if text != nil {
				text([]byte(html.EscapeString(string(last[:len(last)-len(mark)]))))
			}
			return nil
		}
		if len(last) > 4*maxText {
			last = last[len(last)-len(mark):]
		}
	}
}

// attribute returns the value of an attribute, whatever its prefix.
func (t tag) attribute(name string) string {
	rest := t.attributes
	for {
		rest = bytes.TrimLeft(rest, " \t\r\n")
		at := bytes.IndexByte(rest, '=')
		if at < 0 {
			return ""
		}
		key := bytes.TrimSpace(rest[:at])
		rest = bytes.TrimLeft(rest[at+1:], " \t\r\n")
		if len(rest) == 0 {
			return ""
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return ""
		}
		value := rest[1 : end+1]
		rest = rest[end+2:]
		if colon := bytes.IndexByte(key, ':'); colon >= 0 && string(key[colon+1:]) == name || string(key) == name {
			return plainText(string(value))
		}
	}
}

// plainText takes off how XML and Excel write signs that they cannot write.
func plainText(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	if strings.Contains(s, "_x000D_") {
		s = strings.ReplaceAll(s, "_x000D_", "\r")
	}
	return s
}
