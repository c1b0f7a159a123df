package teams

import (
	"log/slog"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/sms"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// withDefaults fills in what may be left out.
func (cfg Config) withDefaults() Config {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Clock == nil {
		cfg.Clock = clock.System{}
	}
	return cfg
}

// messages returns who delivers text messages.
func (cfg Config) messages() (Messages, error) {
	if cfg.Messages != nil {
		return cfg.Messages, nil
	}
	return sms.Choose(cfg.SMS, cfg.Clock, cfg.Log)
}

// limits returns how many codes can be asked for, and how many texts are sent. The defaults are what
// senders of such messages advise against being used to flood somebody.
func (cfg Config) limits() app.Limits {
	return app.Limits{
		PerPhoneTenMinutes: or(cfg.CodesPerPhoneTenMinutes, 3),
		PerPhoneHour:       or(cfg.CodesPerPhoneHour, 5),
		PerAddressHour:     or(cfg.CodesPerAddressHour, 10),
		PerDay:             or(cfg.CodesPerDay, 5000),
		TextsPerDay:        or(cfg.TextsPerDay, 3000),
	}
}

// or returns n, or the default when n is not a number of messages.
func or(n, byDefault int) int {
	if n <= 0 {
		return byDefault
	}
	return n
}
