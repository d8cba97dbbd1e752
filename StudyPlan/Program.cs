using StudyPlan;

return PlanCommand.Run(args);
