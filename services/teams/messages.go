package teams

import "github.com/qihe-volunteers/qihe/services/teams/internal/app"

// Messages sends short text messages to phones. A gateway is an
// implementation of it, handed in by whoever starts the service.
type Messages = app.Messages

// LogMessages writes messages to the log, for trying Qihe out: whoever reads
// the log can sign in as anybody.
type LogMessages = app.LogMessages
