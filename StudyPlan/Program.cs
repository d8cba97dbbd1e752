using StudyPlan.Commands;

return PlanCommand.Run(args, Environment.GetEnvironmentVariable);
