package inbox

import (
	"encoding/json"
	"errors"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Cause is why an event could not be applied, for who is no programmer.
type Cause string

// What can be told apart. Each has its sentence in the web app.
const (
	Unreadable Cause = "unreadable" // it is not what this release can read
	Refused    Cause = "refused"    // a rule of the service says no
	Conflict   Cause = "conflict"   // what is in the database says no: something is missing, or there already
	Fault      Cause = "fault"      // the program broke off
	Unknown    Cause = "unknown"
)

// errNoUUID says that what the event is called is no id.
var errNoUUID = errors.New("event id is not a UUID")

func causeOf(err error) Cause {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	var rule *apperr.Error
	switch {
	case errors.As(err, &syntax), errors.As(err, &kind), errors.Is(err, errNoUUID):
		return Unreadable
	case errors.As(err, &rule):
		return Refused
	case postgres.Forbidden(err):
		return Conflict
	case errors.Is(err, bus.ErrPanic):
		return Fault
	default:
		return Unknown
	}
}
