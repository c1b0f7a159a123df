package city

import "github.com/qihe-volunteers/qihe/deployments/standalone/internal/jetstream"

// NATS lets a test take the bus away.
func (r *Running) NATS() *jetstream.Server { return r.nats }

// StreamFolder is where NATS keeps its streams.
func (r *Running) StreamFolder() string { return r.folder.Join("nats") }
