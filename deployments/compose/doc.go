// Package compose holds Qihe as separate containers: compose.yaml, the image, the
// services' environment files and what each may do on the message bus. Its tests
// load all of it as Docker would, and run the real programs from it.
package compose

import "embed"

//go:generate go run ./cmd/natsusers

// Env is what each program is told, env/<program>.env, with places for what is secret.
//
//go:embed env/*.env
var Env embed.FS
