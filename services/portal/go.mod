module github.com/qihe-volunteers/qihe/services/portal

go 1.26

require github.com/qihe-volunteers/qihe/shared v0.0.0

replace github.com/qihe-volunteers/qihe/shared => ../../shared
