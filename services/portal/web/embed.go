// Package web holds the built web app of Qihe: the phone pages of volunteers
// and leaders and the desktop pages of the federation, as static files.
//
// `npm run build` writes them to dist/app. A checkout in which that was never
// run still compiles, for dist holds one committed empty file; Dist is then
// empty but for it, and the portal answers in words that the app is missing.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var files embed.FS

// Dist is the folder of the built app: index.html at its root, everything else
// under names that carry a hash of the content and never change.
var Dist = folder()

// folder opens dist/app, or dist itself where the app was not built.
func folder() fs.FS {
	for _, name := range []string{"dist/app", "dist"} {
		if info, err := fs.Stat(files, name); err == nil && info.IsDir() {
			if sub, err := fs.Sub(files, name); err == nil {
				return sub
			}
		}
	}
	return files
}
