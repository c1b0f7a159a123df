package teams

import (
	"context"
	"log/slog"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// Messages sends short text messages to phones; see app.Messages. A gateway is
// an implementation of it, handed in by whoever starts the service.
type Messages = app.Messages

// LogMessages writes messages to the log, for trying Qihe out: whoever reads
// the log can sign in as anybody. The phone is masked all the same.
type LogMessages struct{ Log *slog.Logger }

// Send writes the text to the log.
func (m LogMessages) Send(ctx context.Context, phone, text string) error {
	m.Log.WarnContext(ctx, "no message gateway: the message stands here", "phone", domain.Phone(phone).Masked(), "text", text)
	return nil
}
