using StudyPlan.Commands;

return PlanCommand.Run(args);
