package teams

import "github.com/qihe-volunteers/qihe/services/teams/internal/sms"

// Messages sends short text messages to phones. The settings choose one of
// ours; whoever starts the service in process may hand in another.
type Messages = sms.Gateway

// SMS is who delivers text messages, as the settings TEAMS_SMS_… say it.
type SMS = sms.Settings

// Message is one text to one phone.
type Message = sms.Message
