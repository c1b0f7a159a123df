package edge

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

const notBuilt = "网页还没有构建：请在本项目的文件夹里输入 make run 。\nThe web app has not been built: type make run in this project's folder.\n"

// app is the built web app, in memory: it is small, and what is served all day
// should not depend on a disk.
type app struct {
	files map[string]*file // by path, without a leading slash
}

type file struct {
	kind    string
	tag     string // changes with the content
	body    []byte
	gzipped func() []byte // nil result: not worth it
}

func loadFiles(from fs.FS) (*app, error) {
	a := &app{files: map[string]*file{}}
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(d.Name(), ".")
		switch {
		case err != nil:
			return err
		case hidden && d.IsDir():
			return fs.SkipDir
		case hidden || d.IsDir():
			return nil
		}
		body, err := fs.ReadFile(from, name)
		a.files[name] = newFile(name, body)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load web app: %w", err)
	}
	return a, nil
}

func newFile(name string, body []byte) *file {
	sum := sha256.Sum256(body)
	kind := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) { // what the system's table may not know
	case ".webmanifest":
		kind = "application/manifest+json"
	case ".woff2":
		kind = "font/woff2"
	case "":
		kind = "application/octet-stream"
	}
	f := &file{kind: kind, tag: `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`, body: body}
	f.gzipped = sync.OnceValue(f.compress)
	return f
}

// compress packs what is text. It is done at the first request, not at the start.
func (f *file) compress() []byte {
	text := strings.HasPrefix(f.kind, "text/") || strings.Contains(f.kind, "javascript") ||
		strings.Contains(f.kind, "json") || strings.Contains(f.kind, "svg")
	if !text || len(f.body) < 1024 {
		return nil
	}
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil
	}
	_, err = w.Write(f.body)
	if err := errors.Join(err, w.Close()); err != nil {
		return nil
	}
	return out.Bytes()
}

// serve answers GET /*. An address that is no file is a page of the app, which
// finds out itself whether there is one.
func (a *app) serve(c echo.Context) error {
	name := strings.TrimPrefix(path.Clean("/"+c.Request().URL.Path), "/")
	f, found := a.files[name]
	if !found && strings.HasPrefix(name, "assets/") {
		return echo.ErrNotFound // of an older build; a page in its place would not run
	}
	if !found {
		name = "index.html"
		f = a.files[name]
	}
	if f == nil {
		return c.String(http.StatusServiceUnavailable, notBuilt)
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "no-cache") // ask each time; the tag makes the answer short
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable") // the build's names change with the content
	}
	f.write(c)
	return nil
}

func (f *file) write(c echo.Context) {
	h := c.Response().Header()
	h.Set("Content-Type", f.kind)
	h.Set("Vary", "Accept-Encoding")
	body, tag := f.body, f.tag
	if strings.Contains(c.Request().Header.Get("Accept-Encoding"), "gzip") && c.Request().Header.Get("Range") == "" {
		if packed := f.gzipped(); packed != nil {
			h.Set("Content-Encoding", "gzip")
			body, tag = packed, strings.TrimSuffix(tag, `"`)+`-gz"`
		}
	}
	h.Set("ETag", tag)
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, bytes.NewReader(body))
}
