package pairings

import (
	"github.com/qihe-volunteers/qihe/services/pairings/internal/consumer"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
)

// Hearings returns what the service listens to, stream by stream and subject by subject:
// for whoever compares what was told with what arrived. Nothing can be handled with it.
func Hearings() []bus.Subscription {
	return []bus.Subscription{
		consumer.FromTeams(nil, nil).Subscription(teamsv1.Stream),
		consumer.FromTasks(nil, nil).Subscription(tasksv1.Stream),
	}
}
