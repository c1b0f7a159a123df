package app

import "github.com/qihe-volunteers/qihe/services/teams/internal/sms"

// Messages sends short text messages to phones. An error is logged and not
// shown to the person.
type Messages = sms.Gateway
