package io.leaddispatch.cli;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.outbox.OutboxException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;

/** Says why a command ended before its work was done; never with a stack trace, never with what an exception quotes. */
final class Failures {
    private Failures() {}

    static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof LeadConfigurationException configuration) {
            err.println("The configuration cannot be used:");
            configuration.faults().forEach(fault -> err.println("  " + fault));
            return ExitCodes.NOT_STARTED;
        }
        if (failure instanceof IOException broken) {
            err.println(reason(broken));
            return ExitCodes.NOT_STARTED;
        }
        if (failure instanceof OutboxException refused) {
            err.println("The outbox cannot be used: " + refused.getMessage() + ".");
            return ExitCodes.NOT_STARTED;
        }
        if (failure instanceof InterruptedException) {
            err.println("Interrupted. A lead without a report may or may not have arrived.");
            return ExitCodes.SOMETHING_LEFT;
        }
        StackTraceElement[] trace = failure.getStackTrace();
        err.println("A fault in this program: " + failure.getClass().getName()
                + (trace.length == 0 ? "" : " at " + trace[0])
                + ". Report it with this line; a lead without a report may or may not have arrived.");
        return ExitCodes.SOMETHING_LEFT;
    }

    /** Why a file cannot be read, in a sentence. */
    static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "There is no file " + missing.getFile() + ".";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "The file " + denied.getFile() + " may not be read: check its permissions.";
        }
        return "A file cannot be read: " + failure.getMessage() + ".";
    }
}
