package bus

import (
	"net/url"
	"strings"
)

// Access is what one service may do on the bus: tell what is its own to tell, and hear
// what it needs. A server that is given Publish and Subscribe refuses all else, so that
// who gets hold of one service's password cannot speak for another, nor read along.
type Access struct {
	User    string   // of the server; the durables of its consumers begin with it
	Tells   string   // its own stream; empty: none
	Hears   []string // streams that it consumes
	Follows []string // subjects that it follows as they are told
}

// Durable is the name of a service's consumer on another's stream: hours-from-tasks.
func Durable(user, stream string) string { return user + "-from-" + strings.ToLower(stream) }

// Publish returns the subjects to which the service may publish. There is always one:
// to a server no list means everything.
func (a Access) Publish() []string {
	allowed := []string{inboxOf(a.User) + ".>"}
	if a.Tells != "" {
		allowed = append(allowed, prefix(a.Tells)+">")
		for _, act := range []string{"INFO", "CREATE", "UPDATE"} {
			allowed = append(allowed, "$JS.API.STREAM."+act+"."+a.Tells)
		}
	}
	for _, stream := range a.Hears {
		at := stream + "." + Durable(a.User, stream)
		for _, act := range []string{"CREATE", "INFO", "MSG.NEXT"} {
			allowed = append(allowed, "$JS.API.CONSUMER."+act+"."+at)
		}
		allowed = append(allowed, "$JS.API.CONSUMER.CREATE."+at+".>", "$JS.ACK."+at+".>") // with one filter; what was handled
	}
	return allowed
}

// Subscribe returns the subjects to which the service may subscribe: what it follows,
// and the answers to its own questions, which no other can read.
func (a Access) Subscribe() []string {
	return append([]string{inboxOf(a.User) + ".>"}, a.Follows...)
}

// inboxOf is where a user's answers come.
func inboxOf(user string) string { return "_INBOX." + user }

// userOf returns the user in an address of the bus; none when it has a token or nothing.
func userOf(address string) string {
	first, _, _ := strings.Cut(address, ",")
	u, err := url.Parse(strings.TrimSpace(first))
	if err != nil || u.User == nil {
		return ""
	}
	if _, password := u.User.Password(); !password { // a token
		return ""
	}
	return u.User.Username()
}
