package city

import "github.com/qihe-volunteers/qihe/deployments/standalone/internal/jetstream"

// NATS lets a test take the bus away.
func (r *Running) NATS() *jetstream.Server { return r.nats }

// StreamFolder is where NATS keeps its streams.
func (r *Running) StreamFolder() string { return r.folder.Join("nats") }

// ServiceURL is where a service listens behind the portal.
func (r *Running) ServiceURL(name string) string {
	for _, s := range r.services {
		if s.name == name {
			return s.url
		}
	}
	return ""
}

// SigningKeyFile holds the key of the portal's tokens.
func (r *Running) SigningKeyFile() string { return r.keys.SigningKeyFile }

// SuperURL reaches all databases with all rights.
func (r *Running) SuperURL() string { return r.postgres.SuperURL() }

// PostgresPid is the process to kill.
func (r *Running) PostgresPid() int { return r.postgres.Pid() }
