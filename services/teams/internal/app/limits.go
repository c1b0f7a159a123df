package app

import (
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// Limits bound how many sign-in codes can be asked for, and what messages cost.
type Limits struct {
	PerPhoneTenMinutes int // by one number
	PerPhoneHour       int
	PerAddressHour     int // from one client address
	PerDay             int // sent by the whole of Qihe in 24 hours: what a flood of messages can cost
	TextsPerDay        int // notices sent as text messages in 24 hours; more wait
}

func (l Limits) ofPhone() []domain.Limit {
	return []domain.Limit{{Max: l.PerPhoneTenMinutes, Within: 10 * time.Minute}, {Max: l.PerPhoneHour, Within: time.Hour}}
}

func (l Limits) ofAddress() []domain.Limit {
	return []domain.Limit{{Max: l.PerAddressHour, Within: time.Hour}}
}
