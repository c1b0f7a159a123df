module github.com/qihe-volunteers/qihe/deployments/standalone

go 1.26

require (
	github.com/qihe-volunteers/qihe/services/hours v0.0.0
	github.com/qihe-volunteers/qihe/services/portal v0.0.0
	github.com/qihe-volunteers/qihe/services/tasks v0.0.0
	github.com/qihe-volunteers/qihe/services/teams v0.0.0
	github.com/qihe-volunteers/qihe/shared v0.0.0
)

replace (
	github.com/qihe-volunteers/qihe/services/hours => ../../services/hours
	github.com/qihe-volunteers/qihe/services/portal => ../../services/portal
	github.com/qihe-volunteers/qihe/services/tasks => ../../services/tasks
	github.com/qihe-volunteers/qihe/services/teams => ../../services/teams
	github.com/qihe-volunteers/qihe/shared => ../../shared
)
